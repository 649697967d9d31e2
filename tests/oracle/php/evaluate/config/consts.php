<?php
const HOUR = 60 * 60;
define('DAY', HOUR * 24);
return ['hour' => HOUR, 'day' => DAY, 'week' => \DAY * 7, 'defined' => defined('HOUR'), 'max' => PHP_INT_MAX, 'sep' => DIRECTORY_SEPARATOR, 'eol' => PHP_EOL, 'err' => E_ALL ^ E_NOTICE, 'json' => JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES, 'sort' => SORT_STRING];

<?php
if (env('APP_ENV') === 'testing') {
    return ['mode' => 'test'];
}
if (! env('NOPE_KEY')) {
    return ['mode' => 'none', 'why' => env('APP_ENV') ?: 'unset'];
}
return ['mode' => 'full'];

<?php

return ['table' => env('SHOP_TABLE', 'shop_carts'), 'locales' => ['en', 'de']];

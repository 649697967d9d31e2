<?php function f() { Route::group([], fn () => f()); } f(); Route::get('z', 'C@m');GET z C@m [web]

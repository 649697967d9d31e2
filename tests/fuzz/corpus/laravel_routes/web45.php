<?php Localized::group(function () { Route::get('a', 'C@m'); });GET a C@m [web]

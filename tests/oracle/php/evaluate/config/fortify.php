<?php
return [
    'guard' => 'web', 'middleware' => ['web'], 'auth_middleware' => 'auth', 'passwords' => 'users', 'username' => 'email', 'email' => 'email', 'views' => true, 'home' => '/home', 'prefix' => '', 'domain' => null, 'lowercase_usernames' => false,
    'limiters' => ['login' => null], 'paths' => ['login' => null], 'redirects' => ['login' => null],
    'features' => ['registration', 'reset-passwords'],
];

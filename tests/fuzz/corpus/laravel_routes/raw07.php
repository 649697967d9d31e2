<?php namespace App\Http\Controllers;
use Illuminate\Routing\Controllers\{HasMiddleware, Middleware};
class B implements HasMiddleware { public static function middleware(): array { return ['auth', new Middleware('log', only: ['index']),
  new Middleware('never', except: ['index']), (new Middleware('late'))->only('index')]; } }
<?php namespace App\Http\Controllers;
class A extends Base {
  public function __construct(private Service $s) { parent::__construct(); $this->middleware('throttle:5,1')->only('login');
    $this->middleware(['x', 'y'])->except(['login']); $this->middleware(function ($r, $next) {}); }
}
<?php namespace App\Http;
use Illuminate\Routing\Middleware\ThrottleRequests;
class Kernel extends HttpKernel {
  protected $middlewareGroups = ['web' => ['csrf', 'inner'], 'inner' => ['deep'],
    'api' => [ThrottleRequests::class.':api', 'bindings']];
  protected $routeMiddleware = ['throttle' => ThrottleRequests::class, 'slow' => \App\Slow::class];
}
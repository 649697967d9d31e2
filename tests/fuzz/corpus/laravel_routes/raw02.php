<?php
use Illuminate\Foundation\Application;
use Illuminate\Foundation\Configuration\Middleware;
return Application::configure(basePath: dirname(__DIR__))
  ->withRouting(web: __DIR__.'/../routes/web.php', api: __DIR__.'/../routes/api.php', apiPrefix: 'api/v1',
    commands: __DIR__.'/../routes/console.php', health: '/up',
    then: function () { Route::middleware(['web', 'admin'])->prefix('admin')->group(base_path('routes/admin.php')); })
  ->withMiddleware(function (Middleware $middleware): void {
    $middleware->throttleApi('login');
    $middleware->api(prepend: ['first'], append: ['last'], remove: [\Illuminate\Routing\Middleware\SubstituteBindings::class]);
    $middleware->alias(['admin' => \App\Http\Middleware\Admin::class]);
    $middleware->group('own', ['x']);
    $middleware->appendToGroup('own', 'y')->prependToGroup('own', ['w']);
  })->withExceptions(function ($e) {})->create();
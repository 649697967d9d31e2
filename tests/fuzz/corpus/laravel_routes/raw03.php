<?php namespace App\Providers;
use Illuminate\Support\Facades\{RateLimiter, Route};
class RouteServiceProvider extends ServiceProvider {
  protected $namespace = 'App\\Http\\Controllers';
  public function boot(): void {
    $this->configureRateLimiting();
    $this->routes(function () {
      Route::prefix('api')->middleware('api')->namespace($this->namespace)->group(base_path('routes/api.php'));
      Route::middleware('web')->group(base_path('routes/web.php'));
      if (app()->isLocal()) { Route::middleware('dev')->group(base_path('routes/dev.php')); }
    });
  }
  protected function configureRateLimiting(): void {
    RateLimiter::for('api', function (Request $r) { return Limit::perMinute(60)->by($r->ip()); });
    RateLimiter::for('login', fn ($r) => $r->user() ? Limit::none() : [Limit::perMinute(500), Limit::perHour(120)->by($r->ip())]);
    RateLimiter::for('free', fn () => Limit::none());
    RateLimiter::for('odd', fn () => Limit::perMinute(config('x.y')));
  }
}
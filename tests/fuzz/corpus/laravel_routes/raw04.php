<?php
class RouteServiceProvider extends ServiceProvider {
  public function map() { $this->mapApiRoutes(); }
  protected function mapApiRoutes() { Route::prefix('v2')->middleware('api')->group(base_path('routes/api.php')); }
}
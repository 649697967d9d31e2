<?php
use App\Http\Controllers\{A, B}; use Shop\Http\D;
Route::post('a', [A::class, 'login']); Route::get('a', [A::class, 'show']);
Route::get('b', [B::class, 'index']); Route::get('d', D::class); Route::get('e', [E::class, 'm']);
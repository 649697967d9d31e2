<?php use App\Http\Controllers\{L, M, N, U};
Route::post('l', [L::class, 'store']); Route::post('m', [M::class, 'in']); Route::post('n', [N::class, 'in']);
Route::post('login', [U::class, 'login']);
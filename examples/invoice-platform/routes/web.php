<?php

use App\Http\Controllers\LoginController;
use Illuminate\Support\Facades\Route;

Route::get('/', fn () => view('welcome'));
Route::post('login', [LoginController::class, 'store']);
Route::post('webhooks/tax-authority', [App\Http\Controllers\TaxAuthorityController::class, 'receive']);

<?php Route::prefix('/admin/')->name('admin.')->middleware(['auth', 'can:x'])->group(function () {
Route::get('a', [A::class, 'm'])->name('a'); Route::middleware('b')->post('c', [A::class, 'n']); });
<?php

namespace App\Services;

use Illuminate\Http\UploadedFile;
use Illuminate\Support\Facades\File;

class ImageUploadService
{
    public function store(UploadedFile $image): string
    {
        $path = $image->store('products', 'public');

        // Windows hosts have no link from public/storage: copy instead.
        if (! is_link(public_path('storage')) && PHP_OS_FAMILY === 'Windows') {
            File::ensureDirectoryExists(dirname(public_path('storage/'.$path)));
            File::copy(storage_path('app/public/'.$path), public_path('storage/'.$path));
        }

        return $path;
    }
}

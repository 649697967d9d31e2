<?php

namespace Database\Seeders;

use App\Models\User;
use Illuminate\Database\Seeder;
use Illuminate\Support\Str;

class AdminUserSeeder extends Seeder
{
    public function run(): void
    {
        $password = Str::password(20);
        User::firstOrCreate(
            ['email' => 'admin@dexter.example.org'],
            ['name' => 'Admin', 'phone' => '966500000000', 'password' => $password],
        );
        $this->command?->info("admin password, shown once: {$password}");
    }
}

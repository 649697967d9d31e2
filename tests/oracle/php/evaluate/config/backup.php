<?php
return [
    'backup' => [
        'name' => env('APP_NAME', 'laravel-backup'),
        'source' => ['files' => ['include' => [base_path()], 'exclude' => [base_path('vendor'), base_path('node_modules')], 'follow_links' => false, 'relative_path' => null], 'databases' => [env('DB_CONNECTION', 'mysql')]],
        'database_dump_compressor' => null, 'database_dump_filename_base' => 'database',
        'destination' => ['compression_level' => 9, 'filename_prefix' => '', 'disks' => ['local']],
        'temporary_directory' => storage_path('app/backup-temp'), 'password' => env('BACKUP_ARCHIVE_PASSWORD'), 'encryption' => 'default', 'tries' => 1,
    ],
    'notifications' => ['notifications' => [\Spatie\Backup\Notifications\Notifications\BackupHasFailedNotification::class => ['mail']], 'mail' => ['to' => 'your@example.com', 'from' => ['address' => env('MAIL_FROM_ADDRESS', 'hello@example.com'), 'name' => env('MAIL_FROM_NAME', 'Example')]]],
    'monitor_backups' => [['name' => env('APP_NAME', 'laravel-backup'), 'disks' => ['local'], 'health_checks' => [\Spatie\Backup\Tasks\Monitor\HealthChecks\MaximumAgeInDays::class => 1, \Spatie\Backup\Tasks\Monitor\HealthChecks\MaximumStorageInMegabytes::class => 5 * 1000]]],
    'cleanup' => ['strategy' => \Spatie\Backup\Tasks\Cleanup\Strategies\DefaultStrategy::class],
];

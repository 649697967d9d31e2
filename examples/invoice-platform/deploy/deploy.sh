#!/bin/sh
# Brings the release that is checked out into production.
set -eu

cd /srv/invoices
php artisan down --retry=60
git fetch --tags
git checkout --detach "$1"
composer install --no-dev --no-interaction --optimize-autoloader
php artisan migrate --seed --force
pg_dump --format=custom --file="/srv/backup/before-$1.dump" invoices
php artisan config:cache
php artisan route:cache
php artisan view:cache
php artisan queue:restart
curl --fail --silent --show-error https://invoices.example.org/up
php artisan up

#!/usr/bin/env bash
# Deploys a tag or branch: deploy/deploy.sh v1.4.0
set -euo pipefail

cd /var/www/dexter
php artisan down --retry=60

git fetch --tags origin
git checkout --detach "${1:?which tag or branch}"
composer install --no-dev --optimize-autoloader --no-interaction
npm ci
npm run production

php artisan migrate --force
mysqldump --single-transaction dexter_production | gzip > "/backups/before_$(date +%Y%m%d_%H%M%S).sql.gz"

php artisan storage:link --force
chmod -R ug+rwX storage bootstrap/cache
chmod 600 .env

php artisan config:cache
php artisan route:cache
php artisan view:cache
php artisan queue:restart

php artisan up

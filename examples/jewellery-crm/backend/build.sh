#!/usr/bin/env bash
# What Render runs before it starts the new release.
set -o errexit -o nounset -o pipefail

pip install --requirement requirements.txt
python manage.py migrate --no-input
python manage.py collectstatic --no-input

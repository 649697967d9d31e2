<?php

use Illuminate\Support\Facades\Schedule;

Schedule::command('queue:prune-failed --hours=336')->daily();
Schedule::command('sanctum:prune-expired --hours=24')->daily();

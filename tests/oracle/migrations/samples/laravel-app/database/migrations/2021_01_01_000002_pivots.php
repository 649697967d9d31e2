<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;
use App\Support\SchemaHelper;

return new class extends Migration
{
    public function up()
    {
        $extra = 'role';
        (new SchemaHelper())->pivot('user', 'company', fn (Blueprint $t) => $t->string($extra, 20)->default('member'));
    }
    public function down()
    {
        Schema::drop('user_company');
    }
};

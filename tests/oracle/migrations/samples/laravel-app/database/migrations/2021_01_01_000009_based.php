<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;
use App\Support\BaseMigration;

return new class extends BaseMigration
{
    protected $table = 'based';
    public function up()
    {
        Schema::create($this->table, function (Blueprint $table) {
            $this->standard($table);
            $table->string('x');
        });
    }
};

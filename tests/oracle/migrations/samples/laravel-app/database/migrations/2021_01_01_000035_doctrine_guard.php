<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up()
    {
        Schema::table('notes', function (Blueprint $table) {
            $sm = Schema::getConnection()->getDoctrineSchemaManager();
            $indexesFound = $sm->listTableIndexes('notes');
            if (! array_key_exists('notes_user_id_index', $indexesFound)) {
                $table->index('user_id');
            }
        });
    }
    public function down()
    {
        Schema::table('notes', function (Blueprint $table) {
            $sm = Schema::getConnection()->getDoctrineSchemaManager();
            $details = $sm->listTableDetails('notes');
            if ($details->hasIndex('notes_user_id_index')) {
                $table->dropIndex('notes_user_id_index');
            }
        });
    }
};

<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        $sm = Schema::getConnection()->getDoctrineSchemaManager();
        $indexes = array_keys($sm->listTableIndexes('ledgers'));
        Schema::table('ledgers', function (Blueprint $table) use ($sm, $indexes) {
            if (! in_array('ledgers_name_index', $indexes)) {
                $table->index('name');
            }
            if (! $sm->listTableDetails('ledgers')->hasColumn('note')) {
                $table->text('note')->nullable();
            }
        });
    }
    public function down(): void
    {
        Schema::table('ledgers', function (Blueprint $table) {
            $sm = DB::connection()->getDoctrineSchemaManager();
            foreach ($sm->listTableIndexes('ledgers') as $index) {
                if ($index->getName() === 'ledgers_name_index') {
                    $table->dropIndex($index->getName());
                }
            }
            if (array_key_exists('note', $sm->listTableColumns('ledgers'))) {
                $table->dropColumn('note');
            }
        });
    }
};

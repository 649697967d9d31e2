<?php

use Illuminate\Database\Migrations\Migration;

use Illuminate\Support\Facades\DB;

return new class extends Migration
{
    public $withinTransaction = false;

    public function up(): void
    {
        DB::statement('CREATE INDEX CONCURRENTLY invoices_status_due_on_index ON invoices (status, due_on)');
        DB::statement('CREATE INDEX CONCURRENTLY invoices_customer_id_index ON invoices (customer_id)');
        DB::statement('CREATE INDEX CONCURRENTLY invoice_lines_invoice_id_index ON invoice_lines (invoice_id)');
        DB::statement('CREATE INDEX CONCURRENTLY submissions_invoice_id_index ON submissions (invoice_id)');
        DB::statement('CREATE UNIQUE INDEX CONCURRENTLY submissions_idempotency_key_unique ON submissions (idempotency_key)');
    }

    public function down(): void
    {
        DB::statement('DROP INDEX CONCURRENTLY submissions_idempotency_key_unique');
        DB::statement('DROP INDEX CONCURRENTLY submissions_invoice_id_index');
        DB::statement('DROP INDEX CONCURRENTLY invoice_lines_invoice_id_index');
        DB::statement('DROP INDEX CONCURRENTLY invoices_customer_id_index');
        DB::statement('DROP INDEX CONCURRENTLY invoices_status_due_on_index');
    }
};

<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('subscription_invoices', function (Blueprint $table) {
            $table->id();
            $table->foreignId('tenant_id')->constrained();
            $table->foreignId('subscription_id')->constrained();
            $table->date('period_start');
            $table->decimal('amount', 10, 2);
            $table->enum('state', ['pending', 'paid', 'failed'])->default('pending');
            $table->timestamps();
            $table->unique(['subscription_id', 'period_start']);
        });
        Schema::create('payments', function (Blueprint $table) {
            $table->id();
            $table->foreignId('tenant_id')->constrained();
            $table->foreignId('subscription_invoice_id')->constrained();
            $table->string('idempotency_key', 80)->unique();
            $table->decimal('amount', 10, 2);
            $table->timestamps();
        });
        Schema::create('webhook_events', function (Blueprint $table) {
            $table->id();
            $table->string('provider', 20);
            $table->string('idempotency_key', 80)->unique();
            $table->json('payload');
            $table->timestamp('handled_at')->nullable();
            $table->timestamps();
        });
    }

    public function down(): void
    {
        Schema::dropIfExists('webhook_events');
        Schema::dropIfExists('payments');
        Schema::dropIfExists('subscription_invoices');
    }
};

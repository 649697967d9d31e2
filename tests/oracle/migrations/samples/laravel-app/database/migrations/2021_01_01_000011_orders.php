<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;
use App\Enums\OrderStatus;
use App\Models\Order;

return new class extends Migration
{
    public function up()
    {
        Schema::create(Order::TABLE, function (Blueprint $table) {
            $table->bigIncrements('number');
            $table->string('status')->default(OrderStatus::Pending->value);
            foreach (OrderStatus::cases() as $case) {
                $table->timestamp($case->value . '_at')->nullable();
            }
            collect(OrderStatus::values())->reject(fn ($value) => $value === 'paid')->each(function ($value) use ($table) {
                $table->integer('count_' . $value)->default(0);
            });
        });
        Schema::create('order_lines', function (Blueprint $table) {
            $table->id();
            $table->foreignIdFor(Order::class)->references('number')->on((new Order)->getTable());
            $table->foreignId('company_id')->constrained()->onDelete('CASCADE');
            $table->integer('position');
            $table->integer('note')->default(0);
            $table->unique(['company_id', 'position']);
            $table->index(['position', 'note']);
        });
    }
    public function down()
    {
        Schema::dropIfExists('order_lines');
        Schema::dropIfExists(Order::TABLE);
    }
};

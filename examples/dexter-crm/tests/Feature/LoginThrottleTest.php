<?php

namespace Tests\Feature;

use Illuminate\Foundation\Testing\TestCase;

class LoginThrottleTest extends TestCase
{
    public function test_the_sixth_registration_in_a_minute_is_refused(): void
    {
        foreach (range(1, 5) as $attempt) {
            $this->postJson('/api/v1/register')->assertStatus(422);
        }

        $this->postJson('/api/v1/register')->assertStatus(429);
    }
}

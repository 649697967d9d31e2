<?php namespace App\Http\Requests; use Illuminate\Support\Facades\RateLimiter;
class LoginRequest extends FormRequest { public function authenticate() { $this->check(); }
  public function check() { if (! RateLimiter::tooManyAttempts($this->key(), 5)) { return; } } }
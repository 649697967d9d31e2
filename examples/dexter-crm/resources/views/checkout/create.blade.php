@extends('layouts.app')

@section('content')
    <form method="post" action="{{ route('checkout') }}">
        @csrf
        <textarea name="address" required>{{ old('address') }}</textarea>
        @error('address') <p role="alert">{{ $message }}</p> @enderror
        <label><input type="radio" name="payment_method" value="cash" checked> {{ __('Cash on delivery') }}</label>
        <label><input type="radio" name="payment_method" value="online"> {{ __('Card') }}</label>
        <button>{{ __('Place the order') }}</button>
    </form>
@endsection

@push('pixel')
    <script>fbq('track', 'InitiateCheckout');</script>
@endpush

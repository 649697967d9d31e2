@extends('layouts.app')

@section('content')
    <h1>{{ __('Thank you') }}</h1>
    <p>{{ __('Order :number', ['number' => $order->order_number]) }}</p>
@endsection

@push('pixel')
    <script>fbq('track', 'Purchase', { value: {{ $order->total }}, currency: 'SAR' });</script>
@endpush

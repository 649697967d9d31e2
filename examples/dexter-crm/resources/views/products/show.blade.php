@extends('layouts.app')

@section('title', $product->name)

@section('content')
    <h1>{{ $product->name }}</h1>
    <p>{{ $product->description }}</p>
    <button data-product="{{ $product->id }}" data-add-to-cart>{{ __('Add to cart') }}</button>
@endsection

@push('pixel')
    <script>
        fbq('track', 'ViewContent', { content_ids: [{{ $product->id }}], value: {{ $product->price }}, currency: 'SAR' });
    </script>
@endpush

@extends('layouts.app')

@section('content')
    @each('products.card', $products, 'product')
    {{ $products->withQueryString()->links() }}
@endsection

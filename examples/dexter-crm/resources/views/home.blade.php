@extends('layouts.app')

@section('content')
    <nav>
        @foreach ($categories as $category)
            <a href="{{ route('products.index', ['category' => $category->id]) }}">{{ $category->name }}</a>
        @endforeach
    </nav>
    @each('products.card', $products, 'product')
@endsection

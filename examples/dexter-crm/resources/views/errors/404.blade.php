@extends('layouts.app')

@section('title', __('Not found'))

@section('content')
    <h1>404</h1>
    <p>{{ __('This page does not exist.') }} <a href="{{ url('/') }}">{{ __('To the shop') }}</a></p>
@endsection

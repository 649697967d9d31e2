@if (config('services.meta.pixel_id'))
    {{-- Meta Pixel --}}
    <script async src="https://pixel.example.org/fbevents.js"></script>
    <script>
        window.fbq = window.fbq || function () { (fbq.queue = fbq.queue || []).push(arguments) };
        fbq('init', '{{ config('services.meta.pixel_id') }}');
        fbq('track', 'PageView');
    </script>
@endif

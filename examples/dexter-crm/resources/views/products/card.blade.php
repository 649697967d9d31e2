<article>
    <img src="{{ asset('storage/'.$product->image) }}" alt="{{ $product->name }}" loading="lazy">
    <h2><a href="{{ route('products.show', $product) }}">{{ $product->name }}</a></h2>
    <p>{{ $product->category->name }} · {{ $product->price }}</p>
</article>

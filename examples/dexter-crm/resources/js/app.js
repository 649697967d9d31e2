document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-add-to-cart]')
  if (!button) return

  const id = Number(button.dataset.product)
  const response = await fetch('/api/v1/cart/add', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ product_id: id, quantity: 1 }),
  })
  if (response.ok) fbq('track', 'AddToCart', { content_ids: [id] })
})

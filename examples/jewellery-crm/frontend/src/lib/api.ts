const base = process.env.NEXT_PUBLIC_API_URL ?? 'http://localhost:8000';

export async function get<T>(path: string, token: string): Promise<T> {
  const answer = await fetch(`${base}/api/${path}`, { headers: { Authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json() as Promise<T>;
}

// The page's script, deflated: unpacked and run as a script of the page.
(async () => {
    const bytes = Uint8Array.from(atob(document.getElementById('code').textContent), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const script = document.createElement('script');
    script.textContent = await new Response(stream).text();
    document.body.append(script);
})().catch(() => {
    document.body.textContent = 'This page needs a browser of 2023 or later.';
});

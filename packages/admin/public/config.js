// Read at run time, so that one bundle serves every installation. Set `api` to the API's origin, for example
// 'https://desk.example.com', when the console is served from elsewhere (that origin must be allowed by the API).
window.DESK_CONFIG = { api: '' };

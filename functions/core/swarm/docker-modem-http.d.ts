/** The HTTP part of docker-modem, which its types leave out. */
declare module 'docker-modem/lib/http.js' {
  const http: {
    /** How many redirects every client in this process follows. */
    maxRedirects: number;
  };
  export default http;
}

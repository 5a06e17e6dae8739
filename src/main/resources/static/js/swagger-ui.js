// Shows the document about the API. Nothing is asked of any other host, and no token is kept.
const place = document.getElementById('swagger-ui');
window.ui = SwaggerUIBundle({
	domNode: place,
	url: place.dataset.document,
	deepLinking: true,
	persistAuthorization: false,
	validatorUrl: null
});

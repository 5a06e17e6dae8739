package dev.latchkey.net;

import java.nio.charset.StandardCharsets;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.Method;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Forgets what stands beneath {@code /forward-auth/}, before the container decodes it and
 * looks for a route: path and query there are those of another service's client, who may
 * write them in any way. To all that is behind, the path is {@code /forward-auth/} and
 * the query is empty, so that neither can be refused, lead anywhere else or stand in a
 * log. What the container answers before any valve gets its id here, too.
 */
final class ProxiedPathAdapter implements Adapter {

	private static final String BENEATH = "/forward-auth/";

	private static final byte[] NOTHING_ELSE = BENEATH.getBytes(StandardCharsets.US_ASCII);

	private final Adapter container;

	ProxiedPathAdapter(Adapter container) {
		this.container = container;
	}

	@Override
	public void service(Request request, Response response) throws Exception {
		forget(request);
		if (request.requestURI().equals("*")) {
			response.setHeader(RequestId.HEADER, RequestId.chosen(request.getHeader(RequestId.HEADER)));
		}
		this.container.service(request, response);
	}

	@Override
	public boolean prepare(Request request, Response response) throws Exception {
		forget(request);
		return this.container.prepare(request, response);
	}

	private static void forget(Request request) {
		MessageBytes path = request.requestURI();
		if (!path.getByteChunk().startsWith(BENEATH, 0)) {
			return;
		}
		path.setBytes(NOTHING_ELSE, 0, NOTHING_ELSE.length);
		request.queryString().recycle();
		if (Method.CONNECT.equals(request.getMethod())) {
			// The container refuses it; here it is a method like any other.
			request.setMethod("connect");
		}
	}

	@Override
	public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
		return this.container.asyncDispatch(request, response, status);
	}

	@Override
	public void log(Request request, Response response, long time) {
		this.container.log(request, response, time);
	}

	@Override
	public void checkRecycled(Request request, Response response) {
		this.container.checkRecycled(request, response);
	}

	@Override
	public String getDomain() {
		return this.container.getDomain();
	}

}

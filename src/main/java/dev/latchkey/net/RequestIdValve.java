package dev.latchkey.net;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.MDC;

/**
 * Gives each request its id before anybody can refuse it, the container included, and
 * puts the id into the answer and into whatever is logged meanwhile.
 */
class RequestIdValve extends ValveBase {

	RequestIdValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		String id = RequestId.name(request);
		response.setHeader(RequestId.HEADER, id);
		MDC.put(RequestId.LOGGED, id);
		try {
			getNext().invoke(request, response);
		}
		finally {
			MDC.remove(RequestId.LOGGED);
		}
	}

}

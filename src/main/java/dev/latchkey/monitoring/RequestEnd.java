package dev.latchkey.monitoring;

import java.io.IOException;
import java.util.function.Consumer;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which a request is answered to the end, by the thread that took it or,
 * where the answer goes on without that, later.
 */
final class RequestEnd implements AsyncListener {

	private final Consumer<@Nullable Throwable> heard;

	private RequestEnd(Consumer<@Nullable Throwable> heard) {
		this.heard = heard;
	}

	/**
	 * Has a request answered, and says when that is done.
	 * @param heard is told once, with what nobody caught or null
	 */
	static void follow(ServletRequest request, ServletResponse response, FilterChain chain,
			Consumer<@Nullable Throwable> heard) throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
		}
		catch (IOException | ServletException | RuntimeException | Error ex) {
			heard.accept(ex);
			throw ex;
		}
		if (request.isAsyncStarted()) {
			request.getAsyncContext().addListener(new RequestEnd(heard));
		}
		else {
			heard.accept(null);
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.heard.accept(event.getThrowable());
	}

	@Override
	public void onTimeout(AsyncEvent event) {
	}

	@Override
	public void onError(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		event.getAsyncContext().addListener(this);
	}

}

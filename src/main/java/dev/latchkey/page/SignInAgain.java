package dev.latchkey.page;

import java.io.IOException;

import dev.latchkey.caller.SignInTooOldException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Sends people to the sign-in, and back, where what they do gives a right and their
 * sign-in is old, or turned out to be.
 */
@ControllerAdvice(annotations = Controller.class)
class SignInAgain {

	private final RequestCache returnPath;

	SignInAgain(RequestCache returnPath) {
		this.returnPath = returnPath;
	}

	@ExceptionHandler
	void signInAgain(SignInTooOldException refusal, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		this.returnPath.saveRequest(request, response);
		response.sendRedirect("/login");
	}

}

package dev.latchkey.web;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;

/**
 * In which form a route answers. A handler that takes one offers pages and lines, with
 * {@link OffersCsv} tables too; others answer JSON alone.
 */
public enum ResponseFormat {

	/** A page of a list, with how many there are. */
	JSON(MediaType.APPLICATION_JSON_VALUE),

	/** All of a list, unpaged, an object a line. */
	JSON_LINES(MediaType.APPLICATION_NDJSON_VALUE),

	/** All of a list, unpaged, as a table for spreadsheets (RFC 4180). */
	CSV("text/csv;charset=UTF-8");

	private static final String ATTRIBUTE = ResponseFormat.class.getName();

	private final String type;

	ResponseFormat(String type) {
		this.type = type;
	}

	MediaType type() {
		return MediaType.valueOf(this.type);
	}

	/**
	 * Chooses by RFC 9110 section 12.5.1: of several ranges about a form the most precise
	 * one counts; of forms that are wanted equally the first.
	 * @param accepted the ranges of the request, none where everything is taken
	 */
	static Optional<ResponseFormat> choose(List<MediaType> accepted, List<ResponseFormat> offered) {
		if (accepted.isEmpty()) {
			return Optional.of(offered.get(0));
		}
		return offered.stream()
			.filter((form) -> form.quality(accepted) > 0)
			.reduce((one, other) -> (other.quality(accepted) > one.quality(accepted)) ? other : one);
	}

	static ResponseFormat of(HttpServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof ResponseFormat form) ? form : JSON;
	}

	void keepIn(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	private double quality(List<MediaType> accepted) {
		return accepted.stream()
			.filter((range) -> range.includes(type()))
			.min(Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype))
			.map(MediaType::getQualityValue)
			.orElse(0.0);
	}

}

package dev.latchkey.persistence;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.persistence.DatabaseSockets.NotingSocket;
import dev.latchkey.persistence.DatabaseSockets.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives up what waits for a database that says nothing to anybody any more: frozen, or
 * behind a network that swallows everything. Whoever asked hears of it within two
 * seconds, and the server, once it goes on, rolls back what was not committed. A server
 * that says anything at all, to {@link PrimaryWatch} or to a listener, is only slow, and
 * is waited for.
 * <p>
 * It counts how often it has looked, not the time: a node that stood still itself has
 * missed nothing that it could have heard.
 */
@Component
class SilenceWatch {

	private static final Logger log = LoggerFactory.getLogger(SilenceWatch.class);

	/** Less than two seconds together, with the round that finds the silence. */
	static final int ROUNDS = 6;

	private final Map<Server, Silence> silences = new HashMap<>();

	/** Looks. */
	@Scheduled(fixedDelay = 250)
	void look() {
		DatabaseSockets.servers().values().forEach(this::look);
	}

	private void look(Server server) {
		long heard = server.heard();
		Silence before = this.silences.get(server);
		if (before == null || before.heard() != heard) {
			this.silences.put(server, new Silence(heard, Map.of()));
			return;
		}
		Map<NotingSocket, Wait> waits = new HashMap<>();
		server.waiting().forEach((socket, number) -> {
			if (!socket.isListening()) {
				Wait known = before.waits().get(socket);
				waits.put(socket, (known != null && known.number() == number) ? known.longer() : new Wait(number, 1));
			}
		});
		List<NotingSocket> over = waits.entrySet()
			.stream()
			.filter((wait) -> wait.getValue().rounds() >= ROUNDS)
			.map(Map.Entry::getKey)
			.toList();
		over.forEach(SilenceWatch::giveUp);
		if (!over.isEmpty()) {
			log.warn("The database says nothing any more; {} that waited for it are told so", over.size());
		}
		this.silences.put(server, new Silence(heard, waits));
	}

	private static void giveUp(NotingSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			log.debug("A socket could not be closed: {}", ex.getMessage());
		}
	}

	/**
	 * What was seen of a server last.
	 *
	 * @param heard what it had said by then
	 * @param waits who waited, and for how long nothing has been heard since
	 */
	private record Silence(long heard, Map<NotingSocket, Wait> waits) {

	}

	/**
	 * One wait for an answer.
	 *
	 * @param number which one of its socket's
	 * @param rounds how often it was seen
	 */
	private record Wait(long number, int rounds) {

		Wait longer() {
			return new Wait(this.number, this.rounds + 1);
		}

	}

}

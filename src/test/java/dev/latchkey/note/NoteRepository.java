package dev.latchkey.note;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.hibernate.id.uuid.UuidVersion7Strategy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Notes at rest; every statement names the owner, so that nobody reaches another's.
 */
@Repository
class NoteRepository {

	private static final String COLUMNS = "id, text, copies, created_at";

	private final JdbcClient jdbc;

	NoteRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Note> list(UUID owner, int offset, int limit) {
		return this.jdbc
			.sql("select " + COLUMNS + " from test_note where owner_id = ? order by created_at desc, id desc"
					+ " offset ? limit ?")
			.params(owner, offset, limit)
			.query(Note.class)
			.list();
	}

	long count(UUID owner) {
		return this.jdbc.sql("select count(*) from test_note where owner_id = ?")
			.param(owner)
			.query(Long.class)
			.single();
	}

	Optional<Note> find(UUID owner, UUID id) {
		return this.jdbc.sql("select " + COLUMNS + " from test_note where owner_id = ? and id = ?")
			.params(owner, id)
			.query(Note.class)
			.optional();
	}

	Note insert(UUID owner, String text, int copies, Instant now) {
		return this.jdbc
			.sql("insert into test_note (id, owner_id, created_at, text, copies)" + " values (?, ?, ?, ?, ?) returning "
					+ COLUMNS)
			.params(UuidVersion7Strategy.INSTANCE.generateUuid(null), owner, Timestamp.from(now), text, copies)
			.query(Note.class)
			.single();
	}

	Optional<Note> update(UUID owner, Note note) {
		return this.jdbc
			.sql("update test_note set text = ?, copies = ? where owner_id = ? and id = ? returning " + COLUMNS)
			.params(note.text(), note.copies(), owner, note.id())
			.query(Note.class)
			.optional();
	}

	boolean delete(UUID owner, UUID id) {
		return this.jdbc.sql("delete from test_note where owner_id = ? and id = ?").params(owner, id).update() == 1;
	}

}

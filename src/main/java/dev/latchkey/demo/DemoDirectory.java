package dev.latchkey.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

import dev.latchkey.startup.StartupFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * Where demo mode keeps what outlives it. Belongs to its owner alone, and to one server
 * at a time.
 */
final class DemoDirectory implements AutoCloseable {

	private final Path path;

	private final FileChannel lock;

	private DemoDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	static DemoDirectory open(Path relative) {
		Path path = relative.toAbsolutePath().normalize();
		try {
			Files.createDirectories(path);
			keepOthersOut(path);
			FileChannel lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(lock) == null) {
				lock.close();
				throw new StartupFailure("Another demo server is running in " + path
						+ ". Stop it, or choose another directory with --latchkey.demo.directory=<path>.");
			}
			return new DemoDirectory(path, lock);
		}
		catch (IOException ex) {
			throw new StartupFailure("The directory " + path + " cannot be used (" + ex
					+ "). Choose another with --latchkey.demo.directory=<path>.", ex);
		}
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	private static void keepOthersOut(Path path) throws IOException {
		PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
		if (view != null) {
			view.setPermissions(PosixFilePermissions.fromString("rwx------"));
		}
	}

	Path data() {
		return this.path.resolve("data");
	}

	Path programs() {
		return this.path.resolve("programs");
	}

	Path log() {
		return this.path.resolve("postgresql.log");
	}

	/**
	 * A directory is ready once its database has started for the first time. What an
	 * interrupted first start has left is of no use.
	 * @throws IOException if the file system refuses
	 */
	void prepare() throws IOException {
		if (!Files.exists(this.path.resolve("ready"))) {
			FileSystemUtils.deleteRecursively(data());
			byte[] random = new byte[16];
			new SecureRandom().nextBytes(random);
			Files.writeString(passwordFile(), HexFormat.of().formatHex(random));
		}
		Files.deleteIfExists(log());
	}

	void ready() throws IOException {
		Files.writeString(this.path.resolve("ready"), "");
	}

	/**
	 * The password of the database, so that other users of the machine stay out of it.
	 * @return the path of the file that holds it
	 */
	Path passwordFile() {
		return this.path.resolve("database-password");
	}

	String password() {
		try {
			return Files.readString(passwordFile());
		}
		catch (IOException ex) {
			throw new StartupFailure(
					"Cannot read " + passwordFile() + " (" + ex + "). Delete " + this.path + " to start afresh.", ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

}

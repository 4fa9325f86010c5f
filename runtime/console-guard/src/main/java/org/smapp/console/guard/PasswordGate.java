package org.smapp.console.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smapp.api.WarningSource;

/**
 * Asks for the web console's password. Wrong ones are logged, and answered late; the right one is let in at once, however many
 * wrong ones come meanwhile, so that nobody can lock the operator out. Without a password nobody gets in.
 *
 * <p>Thread-safe.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=" + PasswordGate.ID)
public final class PasswordGate implements SecurityProvider, WarningSource {

    /** The web console is told to open to this one only. */
    static final String ID = "smapp";

    private static final Logger LOG = LoggerFactory.getLogger(PasswordGate.class);
    private static final String BASIC = "Basic ";
    private static final long LATE_MS = 250;

    private final String user;
    private final String hash;
    private final Tally wrong = new Tally(
            System::nanoTime, count -> LOG.warn("The web console refused {} login(s): wrong user or password", count));

    /** How many threads may wait at a time; further wrong passwords are answered at once. */
    private final Semaphore late = new Semaphore(2);

    @Activate
    public PasswordGate(BundleContext context) {
        this(context.getProperty("felix.webconsole.username"), context.getProperty("felix.webconsole.password"));
    }

    /** @param hash {@code {sha-256}} and base 64 */
    PasswordGate(String user, String hash) {
        this.user = user;
        this.hash = hash;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        String header = request.getHeader("Authorization");
        if (header != null) {
            if (isRight(header)) {
                return user;
            }
            wrong.count();
            answerLate();
        }
        response.setHeader("WWW-Authenticate", "Basic realm=\"SMAPP\", charset=\"UTF-8\"");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        return null;
    }

    private boolean isRight(String header) {
        if (user == null || hash == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        try {
            byte[] credentials =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String[] parts = new String(credentials, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 && parts[0].equals(user) && isEqual(hash(parts[1]), hash);
        } catch (IllegalArgumentException e) {
            return false; // not base 64
        }
    }

    /** Takes as long wherever they differ. */
    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    static String hash(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            return "{sha-256}" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private void answerLate() {
        if (late.tryAcquire()) {
            try {
                Thread.sleep(LATE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                late.release();
            }
        }
    }

    /** There is one user, and the password is all that is asked for. */
    @Override
    public boolean authorize(Object who, String role) {
        return true;
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }

    @Override
    public List<String> warnings() {
        long count = wrong.total();
        return count == 0
                ? List.of()
                : List.of(count + " logins to the web console were refused since the start: wrong user or password");
    }
}

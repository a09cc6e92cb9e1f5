import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    height: 2 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    paddingLeft: (sidebarConfig.drawerWidthClosed - 28) / 2,
    color: '#fff',
    fontWeight: 600,
    whiteSpace: 'nowrap',
    '&:focus-visible': { outline: '2px solid #fff', outlineOffset: -4 },
  },
}));

/** Three runs of one pipeline: two went well, one did not. */
function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
      <path d="M5 8h18M5 14h18M5 20h18" stroke="#6b7a90" strokeWidth="2" />
      <circle cx="20" cy="8" r="4" fill="#35b26b" />
      <circle cx="13" cy="14" r="4" fill="#35b26b" />
      <circle cx="7" cy="20" r="4" fill="#e5484d" />
    </svg>
  );
}

export function Logo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/airflow"
      underline="none"
      className={classes.root}
      aria-label="Airflow Fleet, home"
    >
      <Mark />
      {isOpen && <span>Airflow Fleet</span>}
    </Link>
  );
}

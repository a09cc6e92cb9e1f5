import { useSidebarOpenState } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { becomePerson, currentPerson, people } from '../signIn/person';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1, 2),
    color: '#fff',
    fontSize: 12,
  },
  select: {
    width: '100%',
    padding: theme.spacing(0.5),
    color: '#fff',
    background: '#333',
    border: '1px solid #6b7a90',
    borderRadius: 4,
  },
}));

/** Who the reader of the demo is; another person has other teams and rights. */
export function PersonChoice() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  if (!isOpen) return null;
  return (
    <label className={classes.root} data-kind="demo-person">
      Look at it as
      <select
        className={classes.select}
        value={currentPerson()}
        onChange={event => becomePerson(event.target.value)}
      >
        {people.map(({ name, words }) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
